import type { Diagnostic } from "@bluehour/contract";

/** All is well. */
export function ok(name: string, message: string): Diagnostic {
  return { name, status: "ok", message, fix: null };
}

/** It works, and may not be what is wanted. */
export function warning(name: string, message: string, fix: string): Diagnostic {
  return { name, status: "warning", message, fix };
}

/** Something does not work, or is open to strangers. */
export function fault(name: string, message: string, fix: string): Diagnostic {
  return { name, status: "fault", message, fix };
}
