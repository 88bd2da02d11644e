import type { Model } from "@bluehour/client";
import type { PickerOption } from "../parts/picker.tsx";

/** The models as the picker lists them: those that can do this first, the others with the reason why not. */
export function modelOptions(models: readonly Model[], editing: boolean): PickerOption[] {
  if (models.length === 0) return [{ value: "default", label: "default" }];
  const options = models.map((model) => {
    const obstacle = obstacleOf(model, editing);
    return {
      value: model.id,
      label: model.id,
      detail: obstacle ?? describe(model),
      disabled: obstacle !== null,
    };
  });
  return options.sort((a, b) => Number(a.disabled) - Number(b.disabled));
}

function obstacleOf({ available, missing, edits, generates }: Model, editing: boolean): string | null {
  if (!available && missing.length === 0) return "Not available on this Worker";
  if (!available)
    return `Waits for the operator to set ${new Intl.ListFormat("en", { type: "disjunction" }).format(missing)}`;
  if (editing && !edits) return "Does not work from images";
  if (!editing && !generates) return "Works from images only: add one";
  return null;
}

function describe({ routes, credits_per_image, typical_ms }: Model): string {
  const provider = routes.find(({ available }) => available)?.provider ?? "";
  const seconds = typical_ms === null ? "" : ` · about ${Math.max(1, Math.round(typical_ms / 1000))} s`;
  return `${provider} · ${credits_per_image} credits an image${seconds}`;
}
