import type { Project } from "@bluehour/client";

/** A job on the page: how far it is, then its images, or why there are none. */
export class JobCard {
  readonly element = document.createElement("figure");
  readonly #name: string;
  readonly #caption = document.createElement("figcaption");
  readonly #progress = document.createElement("progress");

  constructor(name: string) {
    this.#name = name;
    this.#caption.textContent = name;
    this.#progress.ariaLabel = name;
    this.element.append(this.#caption, this.#progress);
  }

  /** Shows the job as it is now. */
  update({ status, progress, downloads, error }: Project): void {
    if (status === "error") return this.fail(error?.message ?? "The job failed");
    if (status === "canceled") return this.fail("Canceled");
    this.#caption.textContent = status === "complete" ? this.#name : `${this.#name}: ${status}`;
    if (progress !== null) this.#progress.value = progress;
    if (status === "complete") {
      const images = downloads.map(({ url, width, height }) => {
        const image = new Image(width, height);
        image.alt = this.#name;
        image.src = url;
        return image;
      });
      this.element.replaceChildren(this.#caption, ...images);
    }
  }

  fail(message: string): void {
    const alert = document.createElement("p");
    alert.role = "alert";
    alert.textContent = message;
    this.element.replaceChildren(this.#caption, alert);
  }
}
