"use client";

import { useRouter } from "next/navigation";
import { useActionState, useRef } from "react";

export function PromptForm() {
  const router = useRouter();
  // A key for each prompt: pressed again after an answer that was lost, the button paints and pays nothing twice.
  const attempt = useRef({ prompt: "", idempotencyKey: "" });

  const [failure, submit, isPending] = useActionState(async (_: unknown, fields: FormData) => {
    const prompt = `${fields.get("prompt")}`;
    if (attempt.current.prompt !== prompt) attempt.current = { prompt, idempotencyKey: crypto.randomUUID() };
    try {
      const response = await fetch("/api/images", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": attempt.current.idempotencyKey },
        body: JSON.stringify({ prompt }),
      });
      const { id, message } = await response.json();
      if (!response.ok) return message;
      router.push(`/images/${id}`);
    } catch {
      return "No answer: are you offline? Try again.";
    }
  }, null);

  return (
    <form action={submit}>
      <label>
        Prompt <input name="prompt" required defaultValue="a lighthouse at dusk" />
      </label>{" "}
      <button type="submit" disabled={isPending}>
        Paint
      </button>
      {failure && <p role="alert">{failure}</p>}
    </form>
  );
}
