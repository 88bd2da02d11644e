import { type KeyboardEvent, useId, useRef, useState } from "react";
import "./picker.css";

export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** A second line: what it costs, or why it cannot be chosen. */
  readonly detail?: string;
  readonly disabled?: boolean;
}

interface PickerProps {
  readonly label: string;
  readonly options: readonly PickerOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/**
 * A list to choose from by typing, arrows or pointer.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Picker({ label, options, value, onChange }: PickerProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  /** What is typed; null while the list is closed. */
  const [search, setSearch] = useState<string | null>(null);
  const [active, setActive] = useState(0);

  const open = search !== null;
  const words = (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter((option) => {
    const text = `${option.label} ${option.value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const chosen = options.find((option) => option.value === value);

  function show() {
    if (open) return;
    setSearch("");
    moveTo(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
  }
  function choose(option: PickerOption | undefined) {
    if (!option || option.disabled) return;
    onChange(option.value);
    setSearch(null);
  }
  function moveTo(index: number) {
    setActive(index);
    // After the list is drawn.
    requestAnimationFrame(() => list.current?.children[index]?.scrollIntoView({ block: "nearest" }));
  }
  function onKeyDown(event: KeyboardEvent) {
    const last = found.length - 1;
    const target = {
      ArrowDown: Math.min(last, active + 1),
      ArrowUp: Math.max(0, active - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (target !== undefined && (open || event.key.startsWith("Arrow"))) {
      event.preventDefault();
      if (open) moveTo(target);
      else show();
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setSearch(null);
    }
  }

  return (
    <div className="picker">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${found[active].value}` : undefined}
        value={search ?? chosen?.label ?? value}
        placeholder={open ? `Search ${options.length}` : undefined}
        onClick={show}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setSearch(null)}
      />
      <div id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!open}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as the pattern has it
          <div
            key={option.value}
            id={`${id}-${option.value}`}
            role="option"
            tabIndex={-1}
            aria-selected={option.value === value}
            aria-disabled={option.disabled ?? false}
            data-active={index === active}
            // Keeps the focus in the input.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <span>{option.label}</span>
            {option.detail && <small>{option.detail}</small>}
          </div>
        ))}
        {open && found.length === 0 && (
          <div role="option" tabIndex={-1} aria-selected={false} aria-disabled="true">
            Nothing of that name
          </div>
        )}
      </div>
    </div>
  );
}
