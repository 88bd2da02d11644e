/** Puts an image into a page. */
export function show(_index: number, _url: string, _width: number | null, _height: number | null): void {}
