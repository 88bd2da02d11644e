import type { Account } from "./use-account.ts";
import "./account-meter.css";

const NUMBER = new Intl.NumberFormat("en");

/** Credits left and the rate limit; keeps its place while they are not known. */
export function AccountMeter({ account }: { account: Account | null }) {
  if (!account) return <p className="meter" />;
  const { credits, limits } = account;
  return (
    <p className="meter">
      <span>
        <b>{NUMBER.format(credits.balance ?? credits.charged - credits.refunded)}</b> credits
        <span className="meter-more">{credits.balance === null ? " used, unmetered" : " left"}</span>
      </span>
      <span className="meter-limit">{limits.creates_per_minute} jobs a minute</span>
    </p>
  );
}
