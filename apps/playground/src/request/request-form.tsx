import { type Model, STYLE_TOOLS } from "@bluehour/client";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { type Explanation, explainError } from "../jobs/explain-error.ts";
import { Notice } from "../parts/notice.tsx";
import { Picker } from "../parts/picker.tsx";
import { CountField } from "./count-field.tsx";
import { costOf, type Draft, RESOLUTIONS, SHAPES, type StyleTool } from "./draft.ts";
import { InputImages } from "./input-images.tsx";
import { modelOptions } from "./model-options.ts";
import { ShapePicker } from "./shape-picker.tsx";
import { styleName } from "./style-name.ts";
import type { DraftState } from "./use-draft.ts";
import "./request-form.css";

const STYLES = [...STYLE_TOOLS]
  .map((tool) => ({ value: tool, label: styleName(tool) }))
  .sort(
    (a, b) => Number(b.value === "general") - Number(a.value === "general") || a.label.localeCompare(b.label),
  );

interface RequestFormProps {
  readonly state: DraftState;
  readonly models: readonly Model[];
  readonly onGenerate: (draft: Draft) => Promise<void>;
  readonly onShowCode: () => void;
}

/** What to make. Ctrl or ⌘ with Enter sends it. */
export function RequestForm({ state, models, onGenerate, onShowCode }: RequestFormProps) {
  const { draft, change } = state;
  const id = useId();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Explanation | null>(null);
  const trouble = failure ?? state.refusal;
  const editing = draft.inputs.length > 0;
  const model = models.find(({ id }) => id === draft.model);
  const cost = costOf(draft, models);
  const resolutions = RESOLUTIONS.filter((each) => !model?.available || model.resolutions.includes(each));
  const shapes = SHAPES.filter((each) => !model?.available || model.aspect_ratios.includes(each));

  async function send(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (sending || draft.prompt.trim() === "") return;
    setSending(true);
    setFailure(null);
    await onGenerate(draft).catch((error: unknown) => setFailure(explainError(error)));
    setSending(false);
  }

  return (
    <form className="request" data-editing={editing} onSubmit={send} aria-label="New images">
      <div className="prompt">
        <label htmlFor="prompt">{editing ? "What to change" : "Prompt"}</label>
        <textarea
          id="prompt"
          rows={3}
          maxLength={15_000}
          required
          value={draft.prompt}
          placeholder={
            editing ? "Make it dusk, with lights in the windows" : "A lighthouse at dusk, long exposure"
          }
          onChange={(event) => change({ prompt: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(event);
          }}
        />
      </div>
      <InputImages images={draft.inputs} onAdd={state.addImages} onRemove={state.removeImage} />
      {!editing && (
        <Picker
          label="Style"
          options={STYLES}
          value={draft.tool}
          // One of STYLES.
          onChange={(tool) => change({ tool: tool as StyleTool })}
        />
      )}
      <Picker
        label="Model"
        options={modelOptions(models, editing)}
        value={draft.model}
        onChange={(chosen) => change({ model: chosen, ...fitting(draft, models, chosen) })}
      />
      <ShapePicker
        shapes={editing ? ["auto", ...shapes] : shapes}
        value={draft.shape}
        onChange={(shape) => change({ shape })}
      />
      <div className="pair">
        <div>
          <label htmlFor={`${id}-resolution`}>Resolution</label>
          <select
            id={`${id}-resolution`}
            value={draft.resolution}
            // One of RESOLUTIONS.
            onChange={(event) => change({ resolution: event.target.value as Draft["resolution"] })}
          >
            {resolutions.map((each) => (
              <option key={each} value={each}>
                {each === "auto" ? "Auto" : each}
              </option>
            ))}
          </select>
        </div>
        <CountField
          value={draft.count}
          most={model?.max_images ?? 16}
          onChange={(count) => change({ count })}
        />
      </div>
      {trouble && <Notice explanation={trouble} />}
      <div className="send">
        <button type="submit" className="primary" aria-disabled={sending || draft.prompt.trim() === ""}>
          {sending ? "Sending…" : editing ? "Edit" : "Generate"}
          <small>{cost !== null && `${cost} credits`}</small>
        </button>
        <button type="button" onClick={onShowCode}>
          Show code
        </button>
      </div>
    </form>
  );
}

/** Keeps shape and resolution to what the model paints. */
function fitting(draft: Draft, models: readonly Model[], id: string): Partial<Draft> {
  const model = models.find((each) => each.id === id);
  if (!model?.available) return {};
  const shape = SHAPES.find((each) => each === draft.shape);
  return {
    ...(shape && !model.aspect_ratios.includes(shape) ? { shape: model.aspect_ratios[0] ?? "1:1" } : {}),
    ...(model.resolutions.includes(draft.resolution) ? {} : { resolution: model.resolutions[0] ?? "auto" }),
  };
}
