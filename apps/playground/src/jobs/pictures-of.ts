import type { Download, Project } from "@bluehour/client";

/** An image of a job that can be looked at. */
export interface Picture {
  /** Its place among the job's images, from 0. */
  readonly index: number;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** What else is known of its file, once the job is complete. */
  readonly file: Download | undefined;
}

/** What can be looked at of a job, be it that others of its images still develop. */
export function picturesOf({ images, downloads }: Project): Picture[] {
  return images.flatMap(({ index, download }) =>
    download ? [{ index, ...download, file: downloads.find(({ url }) => url === download.url) }] : [],
  );
}
