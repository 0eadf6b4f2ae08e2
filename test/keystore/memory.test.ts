import { memoryKeyStore } from "../../src/keystore/memory.ts";
import { keyStoreContract } from "./contract.ts";

const store = memoryKeyStore();
keyStoreContract("memory", () => store);
