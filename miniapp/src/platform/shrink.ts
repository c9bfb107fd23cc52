/** The longest side that is sent; the server keeps no larger one. */
const longest = 1920;
/** Smaller files are sent as they are. */
const lightBytes = 400 * 1024;

/** A photo as light as it needs to be, and without the place it was taken at; what cannot be drawn anew is sent as it is. */
export async function shrunk(file: File): Promise<File> {
  if (file.size <= lightBytes || file.type === "image/gif" || typeof createImageBitmap !== "function") return file;
  try {
    return (await drawn(file)) ?? file;
  } catch (error) {
    console.warn("a photo is sent as it is", error);
    return file;
  }
}

async function drawn(file: File): Promise<File | null> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  // See-through places would turn black.
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
  if (!blob || blob.size >= file.size) return null;
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}
