/** What a provider delivered cannot be stored: it is short, too large, or not an image. */
export class BadOutput extends Error {
  override readonly name = "BadOutput";
}
