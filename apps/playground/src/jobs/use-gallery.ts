import type { BluehourClient } from "@bluehour/client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type GallerySnapshot, JobGallery } from "./job-gallery.ts";

/** How often to look whether a lost Worker is back, in milliseconds. */
const LOOK_EVERY_MS = 3_000;

/** The gallery of the client's account, kept up to date while the tab is seen. */
export function useGallery(client: BluehourClient): [JobGallery, GallerySnapshot] {
  const [gallery] = useState(() => new JobGallery(client));
  useEffect(() => {
    void gallery.loadOlder();
    const look = () => (document.hidden ? gallery.rest() : void gallery.refresh());
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
      gallery.close();
    };
  }, [gallery]);
  const snapshot = useSyncExternalStore(gallery.subscribe, gallery.snapshot);
  useEffect(() => {
    if (!snapshot.lost) return;
    const timer = setInterval(() => void gallery.refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [gallery, snapshot.lost]);
  return [gallery, snapshot];
}
