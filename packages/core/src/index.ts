export * from "./image-size.ts";
export * from "./provider.ts";
