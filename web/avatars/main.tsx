import { render } from "preact";
import "../shared/style.css";
import "../shared/controls.css";
import { Page } from "./page.tsx";

const root = document.getElementById("page");
if (root) render(<Page />, root);
