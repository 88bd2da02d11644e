import type { Diagnostic } from "@bluehour/client";

/** What one look found, from inside or outside. */
export type Finding = Diagnostic;

export function ok(name: string, message: string): Finding {
  return { name, status: "ok", message, fix: null };
}

export function warning(name: string, message: string, fix: string): Finding {
  return { name, status: "warning", message, fix };
}

export function fault(name: string, message: string, fix: string): Finding {
  return { name, status: "fault", message, fix };
}
