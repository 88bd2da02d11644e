import { useId } from "react";
import "./count-field.css";

interface CountFieldProps {
  readonly value: number;
  readonly most: number;
  readonly onChange: (count: number) => void;
}

/** How many images. */
export function CountField({ value, most, onChange }: CountFieldProps) {
  const id = useId();
  const set = (count: number) => onChange(Math.min(most, Math.max(1, Math.round(count) || 1)));
  return (
    <div className="count">
      <label htmlFor={id}>Images</label>
      <div className="count-row">
        <button
          type="button"
          aria-label="One image fewer"
          disabled={value <= 1}
          onClick={() => set(value - 1)}
        >
          −
        </button>
        <input
          id={id}
          type="number"
          min={1}
          max={most}
          value={value}
          onChange={(event) => set(event.target.valueAsNumber)}
        />
        <button
          type="button"
          aria-label="One image more"
          disabled={value >= most}
          onClick={() => set(value + 1)}
        >
          +
        </button>
      </div>
    </div>
  );
}
