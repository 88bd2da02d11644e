/** A PNG of 3 × 2 pixels. */
export const CAT: Uint8Array<ArrayBuffer> = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWOQs6mAIAY4CwAvMATtXRlzugAAAABJRU5ErkJggg==",
  ),
  (character) => character.charCodeAt(0),
);
