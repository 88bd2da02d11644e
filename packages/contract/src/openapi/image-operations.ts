import * as z from "zod";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { createdSchema, projectPageSchema, projectSchema, timelineSchema } from "../project.ts";
import { CREATE_HEADERS, CREATE_PARAMETERS, PREFER, PREFERENCE_APPLIED } from "./create-parts.ts";
import { CANCELED_EXAMPLE, CREATED_EXAMPLE, PROJECT_EXAMPLE, RUNNING_EXAMPLE } from "./examples.ts";
import type { Answer, Operation } from "./operation.ts";
import { PAGE_PARAMETERS } from "./page-parameters.ts";

const project = (description: string, example = PROJECT_EXAMPLE): Answer => ({
  status: 200,
  description,
  content: { schema: projectSchema, example },
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
    parameters: CREATE_PARAMETERS,
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
        headers: CREATE_HEADERS,
      },
    ],
    errors: [400, 402, 403, 413, 415, 422],
  },
  {
    method: "get",
    path: "/v1/image-projects",
    id: "listImageProjects",
    tag: "Images",
    summary: "List jobs",
    description: "A page can hold fewer jobs than asked for; there are more while `next_cursor` is not null.",
    parameters: [
      ...PAGE_PARAMETERS,
      {
        in: "query",
        name: "status",
        description: "Only jobs of this status",
        schema: projectSchema.shape.status,
      },
    ],
    answers: [
      {
        status: 200,
        description: "Newest first",
        content: {
          schema: projectPageSchema,
          example: { items: [PROJECT_EXAMPLE], next_cursor: null },
        },
      },
    ],
    errors: [400, 403],
  },
  {
    method: "get",
    path: "/v1/image-projects/{id}",
    id: "getImageProject",
    tag: "Images",
    summary: "Look at a job",
    description:
      "`images` tells of each image by itself, and where it is as soon as it is stored; `downloads` has them all, sizes and hashes too, once the job is complete.",
    parameters: [PREFER],
    answers: [{ ...project("The job as it is now", RUNNING_EXAMPLE), headers: PREFERENCE_APPLIED }],
    errors: [403, 404],
  },
  {
    method: "delete",
    path: "/v1/image-projects/{id}",
    id: "deleteImageProject",
    tag: "Images",
    summary: "Delete a job and its images",
    description: "A job that runs is canceled first. When this answers, the public addresses are gone.",
    answers: [{ status: 204, description: "Deleted" }],
    errors: [403, 404, 503],
  },
  {
    method: "post",
    path: "/v1/image-projects/{id}/cancel",
    id: "cancelImageProject",
    tag: "Images",
    summary: "Stop a job; its credits are refunded",
    answers: [project("The job, canceled", CANCELED_EXAMPLE)],
    errors: [403, 404, 409],
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
          example: `id: 5000000\nevent: project\ndata: ${JSON.stringify(RUNNING_EXAMPLE)}\n\n`,
        },
      },
      { status: 204, description: "The job has ended, and `Last-Event-ID` is how" },
    ],
    errors: [403, 404],
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
    errors: [403, 404],
  },
];
