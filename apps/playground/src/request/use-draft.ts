import { useCallback, useEffect, useState } from "react";
import type { Explanation } from "../jobs/explain-error.ts";
import { type Draft, EMPTY_DRAFT, type InputImage, MAX_INPUT_BYTES, MAX_INPUTS } from "./draft.ts";

const KINDS = /^image\/(?:png|jpeg|webp|avif|gif)$/;

export interface DraftState {
  readonly draft: Draft;
  /** Why an image was not taken. */
  readonly refusal: Explanation | null;
  change(facts: Partial<Draft>): void;
  addImages(files: readonly File[]): void;
  removeImage(image: InputImage): void;
}

/** What the form holds, and how it changes. Images that are pasted or dropped anywhere on the page are added. */
export function useDraft(): DraftState {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [refusal, setRefusal] = useState<Explanation | null>(null);

  const change = useCallback((facts: Partial<Draft>) => setDraft((before) => ({ ...before, ...facts })), []);

  const addImages = useCallback((files: readonly File[]) => {
    const fitting = files.filter(({ type, size }) => KINDS.test(type) && size <= MAX_INPUT_BYTES);
    setRefusal(fitting.length === files.length ? null : REFUSAL);
    const added = fitting.map((file) => ({ file, previewUrl: URL.createObjectURL(file) }));
    setDraft((before) => {
      const inputs = [...before.inputs, ...added].slice(0, MAX_INPUTS);
      const first = before.inputs.length === 0 && inputs.length > 0;
      return { ...before, inputs, shape: first ? "auto" : before.shape };
    });
  }, []);

  const removeImage = useCallback((image: InputImage) => {
    URL.revokeObjectURL(image.previewUrl);
    setDraft((before) => {
      const inputs = before.inputs.filter((each) => each !== image);
      return {
        ...before,
        inputs,
        shape: inputs.length === 0 && before.shape === "auto" ? "1:1" : before.shape,
      };
    });
  }, []);

  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) addImages(files);
    };
    // Anywhere, or the browser would leave the page for an image that misses its place.
    const dragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      addImages(files);
    };
    addEventListener("paste", paste);
    addEventListener("dragover", dragOver);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("paste", paste);
      removeEventListener("dragover", dragOver);
      removeEventListener("drop", drop);
    };
  }, [addImages]);

  return { draft, refusal, change, addImages, removeImage };
}

const REFUSAL: Explanation = {
  title: "That is no image the Worker takes",
  advice: "PNG, JPEG, WebP, AVIF and GIF work, up to 25 MiB each.",
};
