import type { ReactNode } from "react";
import type { Explanation } from "../jobs/explain-error.ts";
import "./notice.css";

/** Tells what went wrong and what to do; screen readers are told at once. */
export function Notice({ explanation, children }: { explanation: Explanation; children?: ReactNode }) {
  return (
    <div className="notice" role="alert">
      <strong>{explanation.title}</strong>
      <p>{explanation.advice}</p>
      {children}
    </div>
  );
}
