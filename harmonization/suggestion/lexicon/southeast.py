"""Indonesian, Malay, Vietnamese, Thai and Arabic."""

WORDS = {
    "impression": "dilihat, tayangan, jumlah dilihat, iklan dilihat, paparan, jumlah tayangan, luot hien thi, "
    "so luot hien thi, hien thi, luot xem, การมองเห็น, จำนวนการมองเห็น, จำนวนการแสดงผล, การแสดงผล, "
    "ปริมาณการมองเห็น, مرات الظهور, الظهور, ظهور, مشاهدات, so luot xem, tampil, ditampilkan",
    "click": "klik, jumlah klik, diklik, luot click, luot nhap, so luot click, luot nhap chuot, so luot nhap, "
    "คลิก, จำนวนคลิก, การคลิก, จำนวนการคลิก, النقرات, نقرات, نقرة",
    "cost": "biaya, biaya iklan, pengeluaran, belanja iklan, perbelanjaan, kos, chi phi, chi phi quang cao, "
    "chi tieu, ค่าใช้จ่าย, ค่าโฆษณา, ค่าใช้จ่ายโฆษณา, งบที่ใช้ไป, الإنفاق, التكلفة, تكلفة, انفاق, الانفاق, إنفاق",
    "order": "pesanan, jumlah pesanan, pembelian, transaksi, don hang, so don hang, luot mua, คำสั่งซื้อ, "
    "จำนวนคำสั่งซื้อ, ออเดอร์, الطلبات, طلبات, طلب",
    "conversion": "konversi, jumlah konversi, penukaran, chuyen doi, luot chuyen doi, so luot chuyen doi, "
    "การแปลง, คอนเวอร์ชัน, การสั่งซื้อ, จำนวนการสั่งซื้อ, التحويلات, تحويلات",
    "unit": "produk terjual, terjual, jumlah terjual, barang terjual, unit terjual, kuantitas, "
    "jumlah produk terjual, san pham da ban, so luong da ban, san luong, da ban, so luong, so san pham da ban, "
    "จำนวนที่ขาย, สินค้าที่ขายได้, จำนวนชิ้น, ชิ้นที่ขายได้, สินค้าที่ขายแล้ว, الوحدات المباعة, الوحدات, الكمية",
    "sale": "penjualan, jualan, ban hang, ขาย, المبيعات, مبيعات",
    "revenue": "omzet, omset, omzet penjualan, pendapatan, hasil jualan, nilai penjualan, doanh thu, doanh so, "
    "gia tri don hang, ยอดขาย, รายได้, มูลค่าการขาย, الإيرادات, إيرادات, العائدات, قيمة المبيعات, nilai pesanan",
    "amount": "nilai, nominal, jumlah nilai, gia tri, so tien, มูลค่า, قيمة, مبلغ",
    "count": "jumlah, so luot, luot, จำนวน, عدد, bilangan",
    "ctr": "persentase klik, tingkat klik, rasio klik, ty le nhap, ty le click, ty le nhap chuot, อัตราการคลิก, "
    "อัตราคลิก, معدل النقر, kadar klik",
    "cpc": "biaya per klik, rata rata biaya per klik, chi phi moi luot nhap, chi phi cho moi luot click, "
    "ค่าใช้จ่ายต่อคลิก, ราคาต่อคลิก, تكلفة النقرة, kos per klik",
    "cvr": "tingkat konversi, rasio konversi, ty le chuyen doi, อัตราการแปลง, อัตราการสั่งซื้อ, معدل التحويل, "
    "kadar penukaran",
    "cpa": "biaya per konversi, biaya per pesanan, chi phi moi luot chuyen doi, chi phi cho moi chuyen doi, "
    "ค่าใช้จ่ายต่อคำสั่งซื้อ, kos per penukaran, biaya per konversi langsung, تكلفة الطلب, "
    "chi phi tren moi don hang",
    "roas": "efektifitas iklan, efektivitas iklan, roas iklan, hieu qua quang cao, ผลตอบแทนจากค่าโฆษณา, "
    "العائد على الإنفاق الإعلاني",
    "acos": "persentase biaya iklan terhadap penjualan dari iklan, persentase biaya iklan, ty le chi phi, cir, "
    "acos iklan",
    "rate": "persentase, tingkat, rasio, kadar, ty le, phan tram, อัตรา, ร้อยละ, เปอร์เซ็นต์, نسبة, معدل",
    "average": "rata rata, purata, trung binh, เฉลี่ย, متوسط",
    "campaign": "kampanye, kempen, chien dich, แคมเปญ, الحملة, حملة, الحملات",
    "adgroup": "grup iklan, kumpulan iklan, nhom quang cao, กลุ่มโฆษณา, المجموعة الإعلانية, مجموعة الإعلانات, "
    "grup, nama grup iklan",
    "adtype": "jenis iklan, tipe iklan, loai quang cao, ประเภทโฆษณา, نوع الإعلان, loai dich vu hien thi",
    "ad": "iklan, quang cao, โฆษณา, الإعلان, إعلان, الإعلانات, dich vu hien thi",
    "keyword": "kata kunci, tu khoa, คีย์เวิร์ด, คำค้นหา, คำหลัก, الكلمة المفتاحية, الكلمات المفتاحية, الكلمة الرئيسية",
    "query": "kata pencarian, istilah pencarian, cum tu tim kiem, tu khoa tim kiem, كلمة البحث, مصطلح البحث",
    "matchtype": "tipe pencocokan, jenis pencocokan, loai doi sanh, kieu doi sanh, ประเภทการจับคู่, نوع المطابقة",
    "placement": "penempatan, penempatan iklan, vi tri, vi tri hien thi, vi tri quang cao, ตำแหน่ง, "
    "ตำแหน่งโฆษณา, موضع, موضع الإعلان",
    "product": "produk, barang, san pham, mat hang, สินค้า, ผลิตภัณฑ์, المنتج, منتج, السلعة",
    "sku": "kode produk, ma san pham, รหัสสินค้า, รหัส สินค้า, رقم المنتج, رمز المنتج",
    "account": "akun, pengiklan, tai khoan, nha quang cao, บัญชี, المعلن, الحساب",
    "seller": "toko, penjual, cua hang, nguoi ban, ร้านค้า, ผู้ขาย, البائع, المتجر, kedai",
    "brand": "merek, jenama, thuong hieu, แบรนด์, ยี่ห้อ, العلامة التجارية, الماركة",
    "category": "kategori, danh muc, nganh hang, หมวดหมู่, الفئة, التصنيف",
    "region": "negara, kota, wilayah, quoc gia, khu vuc, ประเทศ, البلد, الدولة, المدينة",
    "device": "perangkat, peranti, thiet bi, อุปกรณ์, الجهاز",
    "name": "nama, judul, ten, tieu de, ชื่อ, اسم, الاسم, العنوان",
    "id": "kode, nomor, ma, ma so, รหัส, معرف, رقم",
    "type": "jenis, tipe, loai, ประเภท, نوع",
    "status": "status iklan, trang thai, tinh trang, สถานะ, الحالة, حالة",
    "date": "tanggal, tarikh, hari, ngay, วันที่, วัน, التاريخ, اليوم",
    "currency": "mata uang, mata wang, tien te, don vi tien te, สกุลเงิน, العملة",
    "price": "harga, gia, gia ban, ราคา, السعر",
    "bid": "tawaran, bida, gia thau, dau gia, ราคาประมูล, ราคาเสนอ, المزايدة, عرض السعر",
    "budget": "anggaran, modal, bajet, ngan sach, modal harian, งบประมาณ, งบ, الميزانية",
    "strategy": "metode penawaran, mode bidding, chien luoc dau gia, phuong thuc dau thau",
    "stock": "stok, ton kho, สต็อก, คลัง, المخزون",
    "total": "total, keseluruhan, tong, tong so, ทั้งหมด, รวม, إجمالي, الإجمالي, المجموع",
    "same": "langsung, truc tiep, โดยตรง, ทางตรง, مباشر, المباشرة, secara langsung",
    "halo": "tidak langsung, gian tiep, produk lain, โดยอ้อม, ทางอ้อม, غير مباشر, غير المباشرة",
    "newbuyer": "pembeli baru, pelanggan baru, khach hang moi, nguoi mua moi, ลูกค้าใหม่, ผู้ซื้อใหม่, العملاء الجدد",
    "start": "mulai, mula, tanggal mulai, bat dau, ngay bat dau, เริ่ม, วันที่เริ่ม, วันเริ่มต้น, البدء, تاريخ البدء",
    "end": "selesai, berakhir, tanggal selesai, tamat, ket thuc, ngay ket thuc, สิ้นสุด, วันที่สิ้นสุด, "
    "الانتهاء, تاريخ الانتهاء",
    "atc": "tambah ke keranjang, masukkan keranjang, dimasukkan ke keranjang, keranjang, them vao gio hang, "
    "gio hang, เพิ่มลงตะกร้า, หยิบใส่ตะกร้า, الإضافة إلى السلة, إضافة إلى السلة",
    "share": "pangsa, peringkat, posisi, xep hang, อันดับ, الحصة, rata rata peringkat",
    "reach": "jangkauan, pham vi tiep can, การเข้าถึง, الوصول",
    "tax": "pajak, diskon, komisi, thue, giam gia, hoa hong, ภาษี, ส่วนลด, ضريبة, خصم",
    "cancelled": "dibatalkan, dikembalikan, huy, hoan tra, ยกเลิก, คืนสินค้า, الملغاة, المرتجعات",
    "organic": "organik, tu nhien, organik produk, عضوي",
    "target": "batas, sasaran, muc tieu, gioi han, เป้าหมาย, هدف",
    "previous": "sebelumnya, lalu, truoc, ก่อนหน้า, السابق",
    "visit": "pengunjung, pembeli, pelanggan, khach hang, nguoi mua, nguoi truy cap, ผู้เยี่ยมชม, ผู้ซื้อ, الزوار, العملاء",
    "week": "bulan, minggu, tahun, thang, tuan, nam, เดือน, สัปดาห์, الشهر, الأسبوع",
    "hour": "jam, gio, ชั่วโมง, الساعة",
    "null": "dari, ke, dan, yang, di, untuk, cua, va, tu, cho, theo, จาก, ของ, และ, من, إلى, في, على, rp, ที่, "
    "ได้, harian, rata",
    "view": "xem, luot xem trang",
}
