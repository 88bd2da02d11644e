import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Draft } from "../request/draft.ts";
import { LANGUAGES, type Language, writeCode } from "./write-code.ts";
import "./code-panel.css";

/** What each program needs first. */
const SETUP: Record<Language, string> = {
  TypeScript: "npm install @bluehour/client",
  curl: "export BLUEHOUR_TOKEN=…",
  Python: "pip install --upgrade magic_hour",
};

/** The request of the form as code to copy. */
export function CodePanel({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [language, setLanguage] = useState<Language>("TypeScript");
  const [copied, setCopied] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const code = writeCode(language, draft, location.origin);

  function onKeyDown({ key }: KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = by && LANGUAGES[(LANGUAGES.indexOf(language) + by + LANGUAGES.length) % LANGUAGES.length];
    if (next) show(next);
  }
  function show(next: Language) {
    setLanguage(next);
    setCopied("");
    document.getElementById(`code-tab-${next}`)?.focus();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside it closes it, as Escape does anyway
    <dialog
      ref={dialog}
      className="code"
      aria-labelledby="code-heading"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <header>
        <h2 id="code-heading">This request as code</h2>
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div className="code-bar">
        <div role="tablist" aria-label="Language" onKeyDown={onKeyDown}>
          {LANGUAGES.map((each) => (
            <button
              key={each}
              id={`code-tab-${each}`}
              type="button"
              role="tab"
              aria-selected={each === language}
              aria-controls="code-text"
              tabIndex={each === language ? 0 : -1}
              onClick={() => show(each)}
            >
              {each}
            </button>
          ))}
        </div>
        <button
          type="button"
          onClick={() =>
            navigator.clipboard.writeText(code).then(
              () => setCopied("Copied"),
              () => setCopied("The browser does not let this page copy"),
            )
          }
        >
          Copy
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre id="code-text" role="tabpanel" aria-labelledby={`code-tab-${language}`} tabIndex={0}>
        <code>{code}</code>
      </pre>
      <p className="hint">
        <code>{SETUP[language]}</code>. The token is read from the variable <code>BLUEHOUR_TOKEN</code>. All
        of the API is at <a href="/docs">/docs</a>. <span role="status">{copied}</span>
      </p>
    </dialog>
  );
}
