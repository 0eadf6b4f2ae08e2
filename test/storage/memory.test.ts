import { memoryStorage } from "../../src/storage/memory.ts";
import { storageContract } from "./contract.ts";

const storage = memoryStorage();
storageContract("memory", () => storage);
