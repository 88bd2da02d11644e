"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";

/** Milliseconds. */
const EVERY_MS = 1000;

/** Has the server render the page again and again, until it renders it without this. */
export function Refresh({ children }: { children: ReactNode }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return <p role="status">{children}</p>;
}
