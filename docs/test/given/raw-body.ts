/** Of a delivery, as it was received. */
export const rawBody = JSON.stringify({
  type: "image.completed",
  payload: { id: "05e4", status: "complete", downloads: [{ url: "https://example.com/image.png" }] },
});
