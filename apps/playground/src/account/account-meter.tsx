import type { Account } from "../jobs/worker-calls.ts";
import "./account-meter.css";

const NUMBER = new Intl.NumberFormat("en");

/** Credits left and the rate limit; keeps its place while they are not known. */
export function AccountMeter({ account }: { account: Account | null }) {
  const balance = account?.credits.balance ?? null;
  const spent = account ? account.credits.charged - account.credits.refunded : 0;
  return (
    <p className="meter">
      {account && (
        <>
          <span>
            <b>{balance === null ? NUMBER.format(spent) : NUMBER.format(balance)}</b>{" "}
            {balance === null ? "credits used, unmetered" : "credits left"}
          </span>
          <span className="meter-limit">{account.limits.creates_per_minute} jobs a minute</span>
        </>
      )}
    </p>
  );
}
