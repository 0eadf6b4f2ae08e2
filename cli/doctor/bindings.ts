import type { Config } from "../../src/env.ts";
import type { StorageConfig } from "../../src/env-storage.ts";
import { type Finding, fault, unless } from "./finding.ts";
import type { BindingKind, Project } from "./project.ts";

/** Whether what variables name is bound, and to the right thing. */
export function bindingFaults(config: Config, project: Project): readonly Finding[] {
  const { storage, keyStore, leaseBinding } = config;
  return [
    ...storageBinding("STORAGE.src", storage?.source, project),
    ...(storage?.destination === storage?.source ? [] : storageBinding("STORAGE.dst", storage?.destination, project)),
    ...storageBinding("STORAGE.dst-ro", storage?.destinationReadOnly, project),
    ...(keyStore.type === "kv" ? bound("KVSTORE.binding", keyStore.binding, "KV namespace", project) : []),
    ...(leaseBinding === undefined ? [] : leaseFaults(leaseBinding, project)),
  ];
}

const KINDS: Readonly<Record<string, BindingKind>> = { r2: "R2 bucket", fetcher: "fetcher" };

const storageBinding = (name: string, section: StorageConfig | undefined, project: Project): readonly Finding[] =>
  section && section.type in KINDS && section.binding
    ? bound(`${name}.binding`, String(section.binding), KINDS[section.type], project)
    : [];

/** How each kind is written in wrangler.toml. */
const TABLES: Readonly<Record<BindingKind, string>> = {
  "R2 bucket": "[[r2_buckets]]",
  "KV namespace": "[[kv_namespaces]]",
  "D1 database": "[[d1_databases]]",
  "Durable Object": "[[durable_objects.bindings]]",
  Hyperdrive: "[[hyperdrive]]",
  fetcher: "[[services]]",
  other: "",
};

function bound(variable: string, name: string, kind: BindingKind, { bindings, file }: Project): readonly Finding[] {
  const found = bindings.find((binding) => binding.name === name);
  if (found?.kind === kind) return [];
  const others = bindings.filter((binding) => binding.kind === kind).map((binding) => binding.name);
  return [
    fault(
      variable,
      found ? `${name} is bound to a ${found.kind}, not to a ${kind}` : `Nothing is bound as ${name}`,
      `Add ${TABLES[kind]} with ${name} to ${file}${others.length > 0 ? `, or name ${others.join(" or ")}` : ""}.`,
    ),
  ];
}

const CLASS = "DerivativeLease";

/** A class that no migration has made does not exist. */
function leaseFaults(name: string, project: Project): readonly Finding[] {
  const { durable_objects, migrations } = project.config;
  const wrong = bound("LEASE_BINDING", name, "Durable Object", project);
  if (wrong.length > 0) return wrong;
  const classes = migrations.flatMap(({ new_sqlite_classes = [], new_classes = [] }) => [
    ...new_sqlite_classes,
    ...new_classes,
  ]);
  const { class_name } = durable_objects.bindings.find((binding) => binding.name === name) ?? {};
  return [
    ...unless(
      class_name === CLASS,
      fault("LEASE_BINDING", `${name} is bound to the class ${class_name}`, `Set class_name = "${CLASS}".`),
    ),
    ...unless(
      classes.includes(CLASS),
      fault(
        "LEASE_BINDING",
        `No migration makes the class ${CLASS}`,
        `Add [[migrations]] with new_sqlite_classes = ["${CLASS}"].`,
      ),
    ),
  ];
}
