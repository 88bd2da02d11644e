import { AuthenticationError, isTerminal, type Result, type ResumeOptions } from "@bluehour/client";
import { JobCard } from "./job-card.ts";
import { connect, endSession } from "./session.ts";

const form = document.querySelector("form");
const jobs = document.querySelector("section");
if (!form || !jobs) throw new Error("index.html has no form or no section");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  const prompt = `${fields.get("prompt")}`;
  const picture = fields.get("picture");
  // An empty field comes as an empty file.
  const edited = picture instanceof File && picture.size > 0 ? picture : undefined;
  follow(addCard(prompt), (options) => paint(prompt, edited, options));
});

// What was painted in this tab before it was loaded anew, and what is still being painted.
const { v1 } = await connect();
const { items } = await v1.imageProjects.list();
for (const project of items.toReversed()) {
  const card = addCard(project.name ?? project.id);
  if (isTerminal(project.status)) card.update(project);
  else follow(card, (options) => v1.aiImageGenerator.resume(project.id, options));
}

/** Paints, or edits a picture, which is uploaded on the way. */
async function paint(prompt: string, picture: File | undefined, options: ResumeOptions): Promise<Result> {
  const { v1 } = await connect();
  const request = { name: prompt, style: { prompt } };
  return picture
    ? v1.aiImageEditor.generate({ ...request, assets: { image_file_paths: [picture] } }, options)
    : v1.aiImageGenerator.generate({ ...request, image_count: 2 }, options);
}

/** Shows a job as it goes: the server pushes each change, nothing is asked for. */
async function follow(card: JobCard, run: (options: ResumeOptions) => Promise<Result>): Promise<void> {
  try {
    // An <img> loads the images by their URLs: the bytes are not needed here.
    await run({ downloadOutputs: false, onProgress: (project) => card.update(project) });
  } catch (error) {
    if (error instanceof AuthenticationError) endSession();
    card.fail(error instanceof Error ? error.message : String(error));
  }
}

function addCard(name: string): JobCard {
  const card = new JobCard(name);
  jobs?.prepend(card.element);
  return card;
}
