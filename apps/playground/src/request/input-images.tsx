import { useRef, useState } from "react";
import { type InputImage, MAX_INPUTS } from "./draft.ts";
import "./input-images.css";

interface InputImagesProps {
  readonly images: readonly InputImage[];
  readonly onAdd: (files: readonly File[]) => void;
  readonly onRemove: (image: InputImage) => void;
}

/** The images to work from: picked here; the page takes those that are dropped or pasted. */
export function InputImages({ images, onAdd, onRemove }: InputImagesProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <fieldset
      className="inputs"
      data-over={over}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <legend>Images to work from</legend>
      {images.length > 0 && (
        <ul>
          {images.map((image) => (
            <li key={image.previewUrl}>
              <img src={image.previewUrl} alt={image.file.name} width={64} height={64} />
              <button type="button" aria-label={`Remove ${image.file.name}`} onClick={() => onRemove(image)}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        className="inputs-add"
        disabled={images.length >= MAX_INPUTS}
        onClick={() => picker.current?.click()}
      >
        {images.length === 0 ? "Drop, paste or choose images" : "Add another"}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept="image/png,image/jpeg,image/webp,image/avif,image/gif"
        aria-label="Choose images"
        onChange={(event) => {
          onAdd([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </fieldset>
  );
}
