import * as z from "zod";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { MAX_WAIT_SECONDS } from "../prefer.ts";
import { createdSchema, projectSchema, timelineSchema } from "../project.ts";
import { CREATED_EXAMPLE, PROJECT_EXAMPLE } from "./examples.ts";
import type { Answer, Operation, Parameter } from "./operation.ts";

const PREFER: Parameter = {
  in: "header",
  name: "Prefer",
  description: `\`wait=N\` holds the answer until the job has ended, up to ${MAX_WAIT_SECONDS} seconds (RFC 7240)`,
  schema: z.string(),
  example: "wait=30",
};

const PREFERENCE_APPLIED = { "Preference-Applied": "The wait that was granted, if one was asked for" };

const project = (description: string): Answer => ({
  status: 200,
  description,
  content: { schema: projectSchema, example: PROJECT_EXAMPLE },
});

/** Jobs: create them, follow them, end them. */
export const IMAGE_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/ai-image-generator",
    id: "createImage",
    tag: "Images",
    summary: "Create a job that generates images",
    description: "Answers as soon as the job is durable. Keys that are not known are ignored.",
    parameters: [
      {
        in: "header",
        name: "Idempotency-Key",
        description:
          "Names this creation for 24 hours: the same key and body answer the first response again",
        schema: z.string().min(1).max(255),
        example: "order-4711",
      },
      PREFER,
    ],
    body: {
      schema: imageGeneratorRequestSchema,
      example: {
        image_count: 1,
        orientation: "landscape",
        style: { prompt: "Cool image", tool: "ai-anime-generator" },
        name: "Ai Image image",
      },
    },
    answers: [
      {
        status: 200,
        description: "The job is durable: it will be painted, whoever disconnects",
        content: { schema: createdSchema, example: CREATED_EXAMPLE },
        headers: {
          Location: "Where the job is",
          "Idempotent-Replayed": "`true` for an answer that was given before",
          ...PREFERENCE_APPLIED,
        },
      },
    ],
    errors: [400, 402, 413, 415, 422],
  },
  {
    method: "get",
    path: "/v1/image-projects/{id}",
    id: "getImageProject",
    tag: "Images",
    summary: "Look at a job",
    parameters: [PREFER],
    answers: [{ ...project("The job as it is now"), headers: PREFERENCE_APPLIED }],
    errors: [404],
  },
  {
    method: "delete",
    path: "/v1/image-projects/{id}",
    id: "deleteImageProject",
    tag: "Images",
    summary: "Delete a job and its images",
    description: "A job that runs is canceled first. When this answers, the public addresses are gone.",
    answers: [{ status: 204, description: "Deleted" }],
    errors: [404, 503],
  },
  {
    method: "post",
    path: "/v1/image-projects/{id}/cancel",
    id: "cancelImageProject",
    tag: "Images",
    summary: "Stop a job; its credits are refunded",
    answers: [project("The job, canceled")],
    errors: [404, 409],
  },
  {
    method: "get",
    path: "/v1/image-projects/{id}/events",
    id: "watchImageProject",
    tag: "Images",
    summary: "Follow a job",
    description:
      "Server-sent events: at once the project as it is, then one event a change, until it has ended. A comment comes every 15 seconds.",
    parameters: [
      {
        in: "header",
        name: "Last-Event-ID",
        description: "Goes on after this event, with nothing told twice",
        schema: z.string(),
        example: "5000000",
      },
    ],
    answers: [
      {
        status: 200,
        description: "A stream of `project` events; `data` is the project in JSON",
        content: {
          type: "text/event-stream",
          schema: z.string(),
          example: `id: 5000000\nevent: project\ndata: ${JSON.stringify(PROJECT_EXAMPLE)}\n\n`,
        },
      },
      { status: 204, description: "The job has ended, and `Last-Event-ID` is how" },
    ],
    errors: [404],
  },
  {
    method: "get",
    path: "/v1/image-projects/{id}/timeline",
    id: "getImageProjectTimeline",
    tag: "Images",
    summary: "What happened to a job",
    answers: [
      {
        status: 200,
        description: "Oldest first",
        content: {
          schema: timelineSchema,
          example: { items: [{ at: "2026-11-23T08:00:00.000Z", type: "queued" }] },
        },
      },
    ],
    errors: [404],
  },
];
