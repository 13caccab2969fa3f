// The Jupyter server that the page is from, where it is from one. VS Code, Colab and Voila have none: each of these
// functions says so by returning null or false, and whoever asks has another way.

const CONTENTS = "application/x-jupyter-icontents"; // what JupyterLab's file browser drags

/** Asks the server. Null where there is none, or it refuses. */
async function askServer(path, options = {}) {
  try {
    const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
    const token = /(?:^|; )_xsrf=([^;]+)/.exec(document.cookie)?.[1];
    const answer = await fetch(base + path, { ...options, headers: token ? { "X-XSRFToken": token } : {} });
    return answer.ok ? { answer, url: base + path } : null;
  } catch {
    return null;
  }
}

/** Ends the cell that is running, as the square button of the notebook does. */
async function interrupt(kernel) {
  return kernel ? (await askServer(`api/kernels/${kernel}/interrupt`, { method: "POST" })) !== null : false;
}

/** The path of the kernel's notebook from the root of the server, as it is called now. */
async function notebookPath(kernel) {
  const found = kernel ? await askServer("api/sessions") : null;
  const session = (await found?.answer.json())?.find((candidate) => candidate.kernel?.id === kernel);
  return session?.path ?? null;
}

/** The URL of a file that is named as seen from the notebook, if the server has it in just this size. */
async function servedFile(kernel, near, octets, version) {
  const notebook = await notebookPath(kernel);
  if (notebook === null) return null;
  const parts = notebook.split("/").slice(0, -1);
  for (const part of near.split("/")) {
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null; // outside the server's root
  }
  const path = `files/${parts.map(encodeURIComponent).join("/")}?v=${version}-${octets}`;
  const head = await askServer(path, { method: "HEAD" });
  return Number(head?.answer.headers.get("content-length")) === octets ? head.url : null;
}
