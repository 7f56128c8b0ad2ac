use std::io::Read;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    use rayon::prelude::*;
    let files: Vec<&str> = s.lines().collect();
    let out: Vec<String> = files.par_iter().map(|f| {
        let img = image::open(format!("{root}/{f}")).unwrap().to_luma8();
        let (w, h) = img.dimensions();
        let g = shabnameh::optics::raster::Grey::new(w as usize, h as usize, img.into_raw()).unwrap();
        let t = std::time::Instant::now();
        let codes = shabnameh::optics::scan::scan(&g);
        let ms = t.elapsed().as_secs_f64()*1000.0;
        let c: Vec<_> = codes.iter().map(|c| serde_json::json!({"bytes": c.bytes.iter().map(|b| format!("{b:02x}")).collect::<String>(), "corners": c.corners, "version": c.version})).collect();
        serde_json::json!({"picture": f, "codes": c, "ms": ms}).to_string()
    }).collect();
    for l in out {
        println!("{l}");
    }
}
