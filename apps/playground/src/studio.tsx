import { AuthenticationError, type BluehourClient } from "@bluehour/client";
import { useEffect, useState } from "react";
import { AccountMeter } from "./account/account-meter.tsx";
import { useAccount, useModels } from "./account/use-account.ts";
import { CodePanel } from "./code/code-panel.tsx";
import { Gallery } from "./gallery/gallery.tsx";
import { useGallery } from "./jobs/use-gallery.ts";
import { useOnline } from "./jobs/use-online.ts";
import { Lightbox } from "./lightbox/lightbox.tsx";
import { Announcer } from "./parts/announcer.tsx";
import { Mark } from "./parts/mark.tsx";
import type { Draft } from "./request/draft.ts";
import { RequestForm } from "./request/request-form.tsx";
import { useDraft } from "./request/use-draft.ts";

interface StudioProps {
  readonly client: BluehourClient;
  /** @param reason - null if it was the visitor's wish */
  readonly onSignOut: (reason: string | null) => void;
}

/** The form, the light table, and what opens over them. */
export function Studio({ client, onSignOut }: StudioProps) {
  const [gallery, snapshot] = useGallery(client);
  const { projects, failure, lost } = snapshot;
  const account = useAccount(client, projects);
  const models = useModels(client);
  const state = useDraft();
  const online = useOnline();
  const [opened, setOpened] = useState<{ id: string; image: number } | null>(null);
  const [showsCode, setShowsCode] = useState(false);

  const refused = failure instanceof AuthenticationError && failure.status === 401;
  useEffect(() => {
    if (refused) onSignOut("That token is not accepted: it may be mistyped, expired or revoked.");
  }, [refused, onSignOut]);

  const project = projects.find(({ id }) => id === opened?.id);

  async function create(draft: Draft) {
    await gallery.create(draft);
    // Where the table is below the form, one would not see what one has asked for.
    if (matchMedia("(max-width: 56rem)").matches) document.getElementById("table")?.scrollIntoView();
  }

  async function remove(id: string) {
    await gallery.delete(id);
    setOpened(null);
    document.getElementById("table-heading")?.focus();
  }

  return (
    <div className="studio">
      <header className="masthead">
        <h1 className="wordmark">
          <Mark /> Bluehour
        </h1>
        <AccountMeter account={account} />
        <nav aria-label="More">
          <a href="/docs">API</a>
          <button type="button" className="quiet" onClick={() => onSignOut(null)}>
            Sign out
          </button>
        </nav>
      </header>
      {(!online || lost) && (
        <p className="weather" role="status">
          {online ? "The Worker does not answer; looking for it." : "You are offline."} Jobs go on without
          this page, which catches up when the connection is back.
        </p>
      )}
      <main className="bench">
        <RequestForm
          state={state}
          models={models}
          onGenerate={create}
          onShowCode={() => setShowsCode(true)}
        />
        <Gallery gallery={gallery} snapshot={snapshot} onOpen={({ id }, image) => setOpened({ id, image })} />
      </main>
      {project && opened && (
        <Lightbox
          client={client}
          project={project}
          image={opened.image}
          onImage={(image) => setOpened({ id: project.id, image })}
          onUse={(file) => {
            state.addImages([file]);
            setOpened(null);
            document.getElementById("prompt")?.focus();
          }}
          onDelete={remove}
          onClose={() => setOpened(null)}
        />
      )}
      {showsCode && <CodePanel draft={state.draft} onClose={() => setShowsCode(false)} />}
      <Announcer projects={projects} />
    </div>
  );
}
