import type { Shape } from "./draft.ts";
import "./shape-picker.css";

const NAMES: Record<Shape, string> = { auto: "As input", "1:1": "Square", "16:9": "Wide", "9:16": "Tall" };

interface ShapePickerProps {
  readonly shapes: readonly Shape[];
  readonly value: Shape;
  readonly onChange: (shape: Shape) => void;
}

/** The aspect ratio, as frames to choose from. */
export function ShapePicker({ shapes, value, onChange }: ShapePickerProps) {
  return (
    <fieldset className="shapes">
      <legend>Aspect ratio</legend>
      <div>
        {shapes.map((shape) => (
          <label key={shape}>
            <input type="radio" name="shape" checked={shape === value} onChange={() => onChange(shape)} />
            <span className="shape-glyph" data-shape={shape} aria-hidden="true" />
            <span>
              {NAMES[shape]} <small>{shape}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
