import { bluehour } from "./bluehour.ts";
import { request } from "./request.ts";

/** Of a job. */
export const { id } = await bluehour.v1.aiImageGenerator.create(request);
