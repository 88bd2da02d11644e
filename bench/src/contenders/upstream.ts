/** The provider that all contenders have paint, and how long it takes. */
export interface Upstream {
  readonly url: string;
  readonly apiKey: string;
  /** Milliseconds. */
  readonly renderMs: number;
}
