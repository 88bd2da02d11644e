/** What somebody delivered cannot be stored: it is short, too large, or not an image. */
export class BadOutput extends Error {
  override readonly name: string = "BadOutput";
}

export class TooLarge extends BadOutput {
  override readonly name = "TooLarge";
}
