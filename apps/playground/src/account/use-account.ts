import { type BluehourClient, isTerminal, type Model, type Project } from "@bluehour/client";
import { useEffect, useState } from "react";

/** As `v1.account.get` answers it. */
export type Account = Awaited<ReturnType<BluehourClient["v1"]["account"]["get"]>>;

/** The account, read again whenever a job was created or has ended: then its credits have changed. */
export function useAccount(client: BluehourClient, projects: readonly Project[]): Account | null {
  const [account, setAccount] = useState<Account | null>(null);
  const books = projects.map(({ id, status }) => `${id} ${isTerminal(status)}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the books are the reason to read again
  useEffect(() => {
    let current = true;
    // A browser token may not read the account; then the page does without.
    client.v1.account.get().then(
      (read) => current && setAccount(read),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [client, books]);
  return account;
}

/** The catalogue; empty until it is known. */
export function useModels(client: BluehourClient): readonly Model[] {
  const [models, setModels] = useState<readonly Model[]>([]);
  useEffect(() => {
    client.v1.models.list().then(
      ({ items }) => setModels(items),
      () => {},
    );
  }, [client]);
  return models;
}
