import { PromptForm } from "./prompt-form";

export default function Page() {
  return (
    <main>
      <h1>Paint something</h1>
      <PromptForm />
    </main>
  );
}
