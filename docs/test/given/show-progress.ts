/** Shows in a page how far an image is, 0 to 1. */
export function showProgress(_index: number, _progress: number | null): void {}
