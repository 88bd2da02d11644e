import { imageEditorRequestSchema } from "../image-editor-request.ts";
import { createdSchema } from "../project.ts";
import { uploadUrlsRequestSchema, uploadUrlsSchema } from "../upload-urls.ts";
import { CREATE_HEADERS, CREATE_PARAMETERS } from "./create-parts.ts";
import { CREATED_EXAMPLE } from "./examples.ts";
import type { Operation } from "./operation.ts";

const FILE_PATH = "uploads/default/7a3bd9f2-8c55-4f0c-9f65-6f2f4c1f0a11.png";

/** Images from images: upload them, have them edited. */
export const EDITOR_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/ai-image-editor",
    id: "editImage",
    tag: "Images",
    summary: "Create a job that works from images",
    description: "As `POST /v1/ai-image-generator`, from uploads or public https addresses.",
    parameters: CREATE_PARAMETERS,
    body: {
      schema: imageEditorRequestSchema,
      example: {
        image_count: 1,
        style: { prompt: "Give me sunglasses" },
        assets: { image_file_paths: [FILE_PATH] },
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
    errors: [400, 402, 403, 404, 413, 415, 422],
  },
  {
    method: "post",
    path: "/v1/files/upload-urls",
    id: "createUploadUrls",
    tag: "Files",
    summary: "Get addresses to upload images to",
    description:
      "Send each file's bytes with PUT to its `upload_url`, without a token: a PNG, JPEG, WebP, AVIF or GIF of up to 25 MiB, whatever its extension says. An upload that no job uses for seven days is deleted.",
    body: {
      schema: uploadUrlsRequestSchema,
      example: { items: [{ type: "image", extension: "png" }] },
    },
    answers: [
      {
        status: 200,
        description: "In the order of the request",
        content: {
          schema: uploadUrlsSchema,
          example: {
            items: [
              {
                upload_url: `https://images.example.com/${FILE_PATH}?expires=1795420800&signature=mJ0`,
                expires_at: "2026-11-23T09:00:00.000Z",
                file_path: FILE_PATH,
              },
            ],
          },
        },
      },
    ],
    errors: [400, 403, 413, 415, 422],
  },
];
