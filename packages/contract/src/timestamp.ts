import * as z from "zod";

/** A moment on the wire. */
export const timestampSchema = z.iso.datetime().meta({ description: "ISO 8601, UTC" });
