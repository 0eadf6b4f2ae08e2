import { DatabaseSync } from "node:sqlite";

/** An account of Cloudflare: what Wrangler has given it, and a database that runs what it is sent. */
export interface Account {
  readonly buckets: string[];
  readonly namespaces: string[];
  readonly databases: string[];
  readonly queues: string[];
  readonly secrets: Map<string, string>;
  /** By bucket and name. */
  readonly objects: Map<string, { readonly type: string | undefined; readonly body: string }>;
  /** By `bucket to queue`: which events are told. */
  readonly notifications: Map<string, readonly string[]>;
  readonly hyperdrives: object[];
  /** Files that the pages are made of. */
  readonly assets: Set<string>;
  /** Of the Worker; undefined until it is deployed. */
  bindings: readonly { readonly name: string }[] | undefined;
  readonly crons: Set<string>;
  readonly sql: DatabaseSync;
}

export const newAccount = (): Account => ({
  ...{ buckets: [], namespaces: [], databases: [], queues: [], hyperdrives: [] },
  ...{ secrets: new Map(), objects: new Map(), notifications: new Map() },
  ...{ assets: new Set(), crons: new Set() },
  bindings: undefined,
  sql: new DatabaseSync(":memory:"),
});

/** Of a request, what an answer is made of. */
interface Asked {
  /** What stands in the places of the asterisks. */
  readonly names: readonly string[];
  readonly type: string | undefined;
  readonly body: Buffer;
  readonly json: Body;
}

/** All members that any body has. */
interface Body {
  readonly name: string;
  readonly title: string;
  readonly queue_name: string;
  readonly text: string;
  readonly manifest: object;
  readonly rules: readonly { readonly actions: readonly string[] }[];
  readonly sql: string;
  readonly params?: readonly string[];
}

/** Undefined where there is no such thing. */
type Answer = (account: Account, asked: Asked) => unknown;

export const ID = "0123456789abcdef0123456789abcdef";
const ACCOUNT = { id: ID, name: "reader" };
const DATABASE_ID = "11111111-2222-3333-4444-555555555555";

const bucketOf = (name: string) => ({ name });
const namespaceOf = (title: string) => ({ title, id: ID });
const databaseOf = (name: string) => ({ name, uuid: DATABASE_ID });
const queueOf = (queue_name: string) => ({ queue_name, queue_id: ID });

/** Adds what was asked for, and answers with it. */
function create<Item, Made>(items: Item[], item: Item, made: (item: Item) => Made): Made {
  items.push(item);
  return made(item);
}

/** What Wrangler asks an account for, as https://developers.cloudflare.com/api/ has it. */
export const ROUTES: Readonly<Record<string, Answer>> = {
  "GET /memberships": () => [{ account: ACCOUNT }],
  "GET /accounts": () => [ACCOUNT],

  "GET r2/buckets": ({ buckets }) => ({ buckets: buckets.map(bucketOf) }),
  "POST r2/buckets": ({ buckets }, { json }) => create(buckets, json.name, bucketOf),
  "GET r2/buckets/*": ({ buckets }, { names: [name] }) => buckets.filter((known) => known === name).map(bucketOf)[0],
  "PUT r2/buckets/*/objects/*": ({ objects }, { names, type, body }) =>
    objects.set(names.join("/"), { type, body: String(body) }),
  "PUT event_notifications/r2/*/configuration/queues/*": ({ notifications, queues }, { names: [bucket], json }) =>
    notifications.set(`${bucket} to ${queues[0]}`, json.rules[0].actions),

  "GET storage/kv/namespaces": ({ namespaces }) => namespaces.map(namespaceOf),
  "POST storage/kv/namespaces": ({ namespaces }, { json }) => create(namespaces, json.title, namespaceOf),

  "GET d1/database": ({ databases }) => databases.map(databaseOf),
  "POST d1/database": ({ databases }, { json }) => create(databases, json.name, databaseOf),
  "GET d1/database/*": ({ databases }, { names: [name] }) =>
    databases.map(databaseOf).find((known) => [known.name, known.uuid].includes(name)),
  "POST d1/database/*/query": ({ sql }, { json }) => [{ success: true, meta: {}, results: query(sql, json) }],

  "GET workers/subdomain": () => ({ subdomain: "reader" }),
  "GET workers/services/edgefit": ({ bindings }) => bindings && { default_environment: { script: { tag: "leases" } } },
  "GET workers/scripts/edgefit/settings": ({ bindings }) => bindings && { bindings },
  "GET workers/workers/edgefit": () => ({ subdomain: {} }),
  "POST workers/scripts/edgefit/assets-upload-session"({ assets }, { json }) {
    for (const path of Object.keys(json.manifest)) assets.add(path);
    return { jwt: "of the pages", buckets: [] };
  },
  "PUT workers/scripts/edgefit"(account, { body }) {
    const [metadata] = /^\{"main_module".*$/m.exec(body.toString("latin1")) ?? [""];
    account.bindings = JSON.parse(metadata).bindings;
    return { id: "edgefit", startup_time_ms: 1 };
  },
  "PUT workers/scripts/edgefit/secrets": ({ secrets }, { json }) => secrets.set(json.name, json.text),
  "PUT workers/scripts/edgefit/schedules": ({ crons }, { body }) => crons.add(String(body)),
  "POST workers/scripts/edgefit/subdomain": (_, { json }) => json,

  "GET queues": ({ queues }) => queues.map(queueOf),
  "POST queues": ({ queues }, { json }) => create(queues, json.queue_name, queueOf),
  "POST hyperdrive/configs": ({ hyperdrives }, { json }) => create(hyperdrives, json, (made) => ({ id: ID, ...made })),
};

/** D1 takes several statements at once; then nobody asks for rows. */
function query(database: DatabaseSync, { sql, params = [] }: Body): unknown {
  if (/^\s*SELECT/i.test(sql)) return database.prepare(sql).all(...params);
  database.exec(sql);
  return [];
}
