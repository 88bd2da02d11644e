const UNRELEASED = "## [Unreleased]";

/** Whether CHANGELOG.md tells of a version. */
export function tellsOf(changelog: string, version: string): boolean {
  return changelog.includes(`\n## [${version}]`);
}

/**
 * Makes what is unreleased a version's. One that is told of already is left as it is.
 *
 * @param date - `YYYY-MM-DD`
 * @throws Error if nothing is unreleased
 */
export function dateChangelog(changelog: string, version: string, date: string): string {
  if (tellsOf(changelog, version)) return changelog;
  if (notesOf(changelog, "Unreleased") === "") {
    throw new Error(`CHANGELOG.md has nothing under ${UNRELEASED} to tell of ${version}`);
  }
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/** What CHANGELOG.md says of a version, without its heading; empty if it says nothing. */
export function notesOf(changelog: string, version: string): string {
  const start = changelog.indexOf(`\n## [${version}]`);
  if (start === -1) return "";
  const [, ...lines] = changelog.slice(start + 1).split("\n");
  const end = lines.findIndex((line) => line.startsWith("## "));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join("\n")
    .trim();
}
