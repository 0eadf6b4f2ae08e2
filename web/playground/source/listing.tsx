import { useState } from "preact/hooks";
import { bytesText } from "../model/words.ts";
import { ProblemNote } from "../problem-note.tsx";
import "./listing.css";
import { useListing } from "./use-listing.ts";

interface ListingProps {
  /** UPLOAD_SECRET; empty where none was pasted. */
  readonly token: string;
  /** How many pictures were added since the page was opened. */
  readonly uploads: number;
  readonly source: string;
  readonly onChoose: (source: string) => void;
}

/** What lies in the source storage, for its owner. Nobody is asked before it is opened. */
export function Listing({ token, uploads, source, onChoose }: ListingProps) {
  const [open, setOpen] = useState(false);
  const [folder, setFolder] = useState("");
  const { listed, problem, more } = useListing(open, folder, token, uploads);
  return (
    <details class="listing" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Browse the storage</summary>
      {problem ? (
        <>
          <ProblemNote problem={problem} />
          {problem.status === 401 && <p class="hint">Paste the upload secret below, among the owner’s keys.</p>}
        </>
      ) : (
        <>
          <p class="folder">{folder || "/"}</p>
          <ul>
            {folder !== "" && <Entry name=".." onClick={() => setFolder(parentOf(folder))} />}
            {listed?.folders.map((path) => (
              <Entry key={path} name={path.slice(listed.folder.length)} onClick={() => setFolder(path)} />
            ))}
            {listed?.data.map(({ path, size }) => (
              <Entry
                key={path}
                name={path.slice(listed.folder.length)}
                about={bytesText(size)}
                chosen={path === source}
                onClick={() => onChoose(path)}
              />
            ))}
            {listed?.next_cursor && <Entry name="More …" onClick={more} />}
          </ul>
        </>
      )}
    </details>
  );
}

const parentOf = (folder: string): string => folder.replace(/[^/]+\/$/, "");

interface EntryProps {
  readonly name: string;
  readonly about?: string;
  readonly chosen?: boolean;
  readonly onClick: () => void;
}

const Entry = ({ name, about = "", chosen = false, onClick }: EntryProps) => (
  <li>
    <button type="button" aria-pressed={chosen} onClick={onClick}>
      <span>{name}</span> <span class="quiet">{about}</span>
    </button>
  </li>
);
