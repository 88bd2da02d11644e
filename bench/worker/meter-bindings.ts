import { pending } from "./activity.ts";
import { count } from "./tally.ts";

/**
 * How R2 bills what is done; deletes are free.
 *
 * @see https://developers.cloudflare.com/r2/pricing/
 */
const CLASSES: Readonly<Record<string, "classA" | "classB">> = {
  put: "classA",
  list: "classA",
  createMultipartUpload: "classA",
  uploadPart: "classA",
  complete: "classA",
  get: "classB",
  head: "classB",
};

const metered = new WeakMap<object, object>();

/** The same bindings, whose calls are counted, and seen by the object that makes them. */
export function meterBindings<Bindings extends object>(bindings: Bindings): Bindings {
  const made = metered.get(bindings) ?? meterAll(bindings);
  metered.set(bindings, made);
  // Made of these very bindings.
  return made as Bindings;
}

function meterAll(bindings: object): object {
  const entries = Object.entries(bindings).map(([name, binding]) => [name, meter(binding)]);
  return Object.fromEntries(entries);
}

function meter(binding: unknown): unknown {
  if (typeof binding !== "object" || binding === null) return binding;
  if ("idFromString" in binding) return meterNamespace(binding as DurableObjectNamespace);
  if ("createMultipartUpload" in binding) return meterR2(binding);
  if ("createBatch" in binding) return meterWorkflow(binding as Workflow);
  return binding;
}

function meterNamespace(
  namespace: DurableObjectNamespace,
): Pick<DurableObjectNamespace, keyof DurableObjectNamespace> {
  return {
    newUniqueId: (options) => namespace.newUniqueId(options),
    idFromName: (name) => namespace.idFromName(name),
    idFromString: (id) => namespace.idFromString(id),
    get: (id, options) => watched(namespace.get(id, options)),
    getByName: (name, options) => watched(namespace.getByName(name, options)),
    jurisdiction: (jurisdiction) =>
      meterNamespace(namespace.jurisdiction(jurisdiction)) as DurableObjectNamespace,
  };
}

/** A bucket, or an upload in parts. */
function meterR2<T extends object>(target: T): T {
  return watched(target, (name, result) => {
    const billed = CLASSES[name];
    if (billed) count(billed);
    if (name !== "createMultipartUpload") return result;
    return (result as Promise<R2MultipartUpload>).then(meterR2);
  });
}

function meterWorkflow(workflow: Workflow): Workflow {
  return watched(workflow, (name, result) => {
    if (name === "create") count("workflowInvocations");
    return result;
  });
}

/** The same object, whose calls keep the object that makes them active. */
function watched<T extends object>(
  target: T,
  afterwards: (method: string, result: unknown) => unknown = (_, result) => result,
): T {
  return new Proxy(target, {
    get(_, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function" || typeof name === "symbol") return member;
      return (...call: unknown[]) => afterwards(name, pending(Reflect.apply(member, target, call)));
    },
  });
}
