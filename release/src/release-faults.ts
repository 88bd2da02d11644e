import { tellsOf } from "./changelog.ts";
import type { PublishedPackage } from "./published-packages.ts";

interface ReleaseFacts {
  readonly packages: readonly PublishedPackage[];
  readonly changelog: string;
  /** `owner/name` on GitHub of where the release runs; undefined elsewhere. */
  readonly runsIn: string | undefined;
}

/**
 * Why a release would fail, or be worth nothing: npm only attests provenance (https://docs.npmjs.com/generating-provenance-statements)
 * for a package that names the repository that it is built in, and can only say where its source is by that name.
 */
export function releaseFaults({ packages, changelog, runsIn }: ReleaseFacts): string[] {
  const [first] = packages;
  if (!first) return ["there is nothing to publish: every package is private"];
  const faults = packages.flatMap((published) => repositoryFaults(published, runsIn));
  if (packages.some(({ version }) => version !== first.version))
    faults.push("the packages differ in version");
  if (!tellsOf(changelog, first.version)) {
    faults.push(`CHANGELOG.md has no "## [${first.version}]": run "pnpm run release:version"`);
  }
  return faults;
}

function repositoryFaults({ directory, repository }: PublishedPackage, runsIn: string | undefined): string[] {
  const where = `${directory}/package.json`;
  if (!repository) {
    const url = runsIn ? `git+https://github.com/${runsIn}.git` : "git+https://github.com/OWNER/NAME.git";
    const field = JSON.stringify({ type: "git", url, directory });
    return [`${where} has no "repository": whoever releases first sets it, to ${field}`];
  }
  const named = /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(repository.url)?.[1];
  if (runsIn !== undefined && named !== runsIn) {
    return [`${where} names the repository ${repository.url}, and the release runs in ${runsIn}`];
  }
  return repository.directory === directory
    ? []
    : [`${where} says that it is in ${repository.directory ?? "the root"} of its repository`];
}
