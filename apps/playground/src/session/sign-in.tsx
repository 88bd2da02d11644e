import { type FormEvent, useState } from "react";
import { Mark } from "../parts/mark.tsx";
import "./sign-in.css";

interface SignInProps {
  /** Why the token before was not taken. */
  readonly refusal: string | null;
  readonly onToken: (token: string) => void;
}

/** Asks for a token. */
export function SignIn({ refusal, onToken }: SignInProps) {
  const [token, setToken] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (token.trim()) onToken(token.trim());
  }

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <h1 className="wordmark">
          <Mark /> Bluehour
        </h1>
        <p>The light table of your own image backend.</p>
        <label htmlFor="token">Token</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          aria-describedby="token-hint"
          aria-invalid={refusal !== null}
        />
        {refusal && (
          <p className="sign-in-refusal" role="alert">
            {refusal}
          </p>
        )}
        <button type="submit" className="primary">
          Open the light table
        </button>
        <p id="token-hint" className="hint">
          <code>pnpm run dev</code> prints one; on a deployed Worker, the operator issues them. It stays in
          this tab and is forgotten when you close it.
        </p>
        <p className="hint">
          <a href="/docs">API reference</a>
        </p>
      </form>
    </main>
  );
}
