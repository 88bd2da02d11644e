import { createClient } from "@bluehour/client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { SignIn } from "./session/sign-in.tsx";
import { forgetToken, keepToken, readToken } from "./session/token-store.ts";
import { Studio } from "./studio.tsx";

/** The page: a token is asked for, then its account's light table is shown. */
export function App() {
  const [token, setToken] = useState(readToken);
  const [refusal, setRefusal] = useState<string | null>(null);
  const client = useMemo(() => (token ? createClient({ baseUrl: location.origin, token }) : null), [token]);

  function signIn(given: string) {
    keepToken(given);
    setRefusal(null);
    setToken(given);
  }
  const signOut = useCallback((reason: string | null) => {
    forgetToken();
    setRefusal(reason);
    setToken(null);
  }, []);

  // An address with a token may be opened in a tab that has the page already.
  useEffect(() => {
    const look = () => setToken(readToken());
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);

  if (!client) return <SignIn refusal={refusal} onToken={signIn} />;
  return <Studio key={token} client={client} onSignOut={signOut} />;
}
