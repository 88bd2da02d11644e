// Checked by tsc alone: the types that are written out, so that each field has its docs on hover, are the schemas'.
import { expectTypeOf } from "vitest";
import type * as z from "zod";
import type { ImageEditorInput, imageEditorRequestSchema } from "./image-editor-request.ts";
import type { ImageGeneratorInput, imageGeneratorRequestSchema } from "./image-request.ts";
import type { ModelList, modelListSchema } from "./models.ts";
import type { Created, createdSchema, Project, projectSchema } from "./project.ts";

expectTypeOf<ImageGeneratorInput>().toEqualTypeOf<z.input<typeof imageGeneratorRequestSchema>>();
expectTypeOf<ImageEditorInput>().toEqualTypeOf<z.input<typeof imageEditorRequestSchema>>();
expectTypeOf<Project>().toEqualTypeOf<z.output<typeof projectSchema>>();
expectTypeOf<ModelList>().toEqualTypeOf<z.output<typeof modelListSchema>>();
expectTypeOf<Created>().toEqualTypeOf<z.output<typeof createdSchema>>();
